package io.peerup.node.api.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.peerup.host.file.BoundedFile;
import io.peerup.host.file.Disk;
import io.peerup.host.file.FileProblem;
import io.peerup.node.api.ApiFiles;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.ApiProblem.Kind;
import io.peerup.node.api.Json;
import io.peerup.node.api.client.DaemonCall.Question;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Questions and answers, with whatever goes wrong between told in one line. */
record Exchange(ApiFiles files) {
    private static final Pattern COOKIE = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_COOKIE_BYTES = 1024;

    /** Whether a daemon listens that we may talk to. */
    boolean isAnybodyThere() throws ApiProblem {
        if (!isSocketThere()) {
            return false;
        }
        try {
            UnixConnection.open(files.socket(), Duration.ZERO).close();
            cookie();
            return true;
        } catch (BindException forbidden) {
            throw new ApiProblem(
                    Kind.UNAUTHORIZED,
                    "cannot talk to the daemon at " + files.socket()
                            + ": permission denied; run this as the user that runs the daemon",
                    forbidden);
        } catch (IOException nobody) {
            return false;
        }
    }

    /** The data of a whole answer. */
    JsonElement ask(Question question, Duration patience) throws ApiProblem, InterruptedException {
        try (DaemonCall call = send(question, patience)) {
            JsonElement data = Json.object(call.whole()).get("data");
            return data == null ? JsonNull.INSTANCE : data;
        } catch (IOException broken) {
            throw lost(broken);
        } catch (JsonParseException garbage) {
            throw unintelligible(garbage);
        }
    }

    /** An answer that goes on. */
    LineStream stream(Question question) throws ApiProblem, InterruptedException {
        try {
            return new LineStream(this, send(question, Duration.ZERO));
        } catch (IOException broken) {
            throw lost(broken);
        }
    }

    /** What to throw when the connection failed. */
    ApiProblem lost(IOException broken) throws InterruptedException {
        if (broken instanceof InterruptedIOException || broken instanceof ClosedByInterruptException) {
            Thread.interrupted();
            throw new InterruptedException("given up");
        }
        return isSocketThere()
                ? new ApiProblem(
                        Kind.UNAVAILABLE,
                        "the daemon at " + files.socket() + " does not answer: " + broken.getMessage(),
                        broken)
                : notRunning();
    }

    /** What to throw when the answer makes no sense. */
    static ApiProblem unintelligible(RuntimeException cause) {
        return new ApiProblem(
                Kind.UNAVAILABLE,
                "the daemon's answer makes no sense here; are the daemon and this command of one version?",
                cause);
    }

    private DaemonCall send(Question question, Duration patience) throws IOException, ApiProblem {
        if (!isSocketThere()) {
            throw notRunning();
        }
        DaemonCall call = DaemonCall.send(files.socket(), cookie(), question, patience);
        if (call.isOk()) {
            return call;
        }
        try (call) {
            throw refusal(call.status(), call.whole());
        }
    }

    private boolean isSocketThere() {
        return Files.exists(files.socket(), LinkOption.NOFOLLOW_LINKS);
    }

    private ApiProblem notRunning() {
        return new ApiProblem(Kind.UNAVAILABLE, "daemon not running: " + files.socket());
    }

    private ApiProblem refusal(int status, String body) {
        Kind kind = Kind.of(status);
        String line = errorOf(body).orElse("daemon returned HTTP " + status);
        return new ApiProblem(
                kind, kind == Kind.UNAUTHORIZED ? "the daemon does not accept " + files.cookie() + ": " + line : line);
    }

    private static Optional<String> errorOf(String body) {
        try {
            return Json.object(body).get("error") instanceof JsonPrimitive error
                    ? Optional.of(error.getAsString())
                    : Optional.empty();
        } catch (JsonParseException plainText) {
            return Optional.empty();
        }
    }

    /** Read for each call, as a restarted daemon has a new one. */
    private String cookie() throws ApiProblem {
        try {
            Optional<String> cookie = BoundedFile.readIfPresent(Disk.local(), files.cookie(), MAX_COOKIE_BYTES)
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
            return cookie.filter(text -> COOKIE.matcher(text).matches())
                    .orElseThrow(() -> FileProblem.in(
                            files.cookie(), "holds no cookie, though a daemon is running; restart the daemon"));
        } catch (FileProblem unusable) {
            throw new ApiProblem(Kind.UNAUTHORIZED, String.valueOf(unusable.getMessage()), unusable);
        }
    }
}

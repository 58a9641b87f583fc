package io.peerup.node.cli;

import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a person is asked, one line each. */
final class Questions {
    private static final int MAX_ANSWER_CHARS = 4096;

    private final Surroundings surroundings;
    private final BufferedReader answers;

    Questions(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.answers = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    }

    /** The answer without space around it. */
    String ask(String question) throws IOException, CommandFailed {
        surroundings.out().println(question);
        surroundings.out().print("> ");
        surroundings.out().flush();
        StringBuilder answer = new StringBuilder();
        int next = answers.read();
        if (next < 0) {
            throw new CommandFailed("no answer to: " + question);
        }
        for (; next >= 0 && next != '\n' && answer.length() < MAX_ANSWER_CHARS; next = answers.read()) {
            answer.append((char) next);
        }
        return answer.toString().strip();
    }
}

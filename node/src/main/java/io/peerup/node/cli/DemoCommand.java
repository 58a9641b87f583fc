package io.peerup.node.cli;

import io.peerup.node.demo.Demo;
import io.peerup.relay.program.Foreground;
import io.peerup.relay.program.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the main job on this machine. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows it on this machine: a relay and two daemons on loopback, and a web page through them.")
final class DemoCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--once", description = "Fetch the page, check it, and end.")
    private boolean once;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = surroundings.out();
        Demo demo = Demo.prepare(out);
        Foreground foreground = new Foreground(() -> close(demo), out, "Stopped; nothing is left of it.");
        foreground.closeOnSignal();
        try {
            String url = demo.begin();
            demo.check(url);
            if (!once) {
                out.println();
                out.println("Open " + url + " in a browser: home's page, seen from laptop.");
                out.println("Press Ctrl+C to stop.");
                out.flush();
                foreground.stay();
            }
            return 0;
        } finally {
            foreground.close();
        }
    }

    private static void close(Demo demo) {
        try {
            demo.close();
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}

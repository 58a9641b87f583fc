package io.peerup.testkit;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which module may know which. Anything that is not in the table may be known by nobody and know nobody. */
final class ModuleDirection extends ArchCondition<JavaClass> {
    private static final String ROOT = "io.peerup.";
    private static final List<String> BASE = List.of("wire", "swarm");
    private static final List<String> TRANSPORTS = List.of("tcp", "noise", "tls", "yamux", "quic");
    private static final List<String> PROTOCOLS = List.of("identify", "autonat", "circuitrelay", "dcutr", "kademlia");
    private static final List<String> PROGRAMS = List.of("node", "relay");
    private static final List<String> ABOVE_ALL = List.of("interop", "benchmarks");

    private static final Map<String, Set<String>> KNOWN = table();

    ModuleDirection() {
        super("know only the modules below theirs");
    }

    @Override
    public void check(JavaClass javaClass, ConditionEvents events) {
        Optional<String> from = module(javaClass);
        for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
            Optional<String> to = module(dependency.getTargetClass().getBaseComponentType());
            boolean allowed = from.isEmpty()
                    || to.isEmpty()
                    || from.equals(to)
                    || KNOWN.getOrDefault(from.get(), Set.of()).contains(to.get());
            if (!allowed) {
                events.add(SimpleConditionEvent.violated(javaClass, dependency.getDescription()));
            }
        }
    }

    private static Map<String, Set<String>> table() {
        Map<String, Set<String>> known = new TreeMap<>();
        known.put("wire", Set.of());
        known.put("swarm", Set.of("wire"));
        known.put("testkit", Set.copyOf(BASE));
        TRANSPORTS.forEach(transport -> known.put(transport, Set.copyOf(BASE)));
        known.put("quic", Set.of("wire", "swarm", "tls"));
        PROTOCOLS.forEach(protocol -> known.put(protocol, Set.copyOf(BASE)));
        Set<String> libraries = union(BASE, TRANSPORTS, PROTOCOLS);
        known.put("host", libraries);
        known.put("relay", union(libraries, Set.of("host")));
        known.put("node", union(libraries, Set.of("host", "relay")));
        ABOVE_ALL.forEach(top -> known.put(top, union(libraries, Set.of("host", "testkit"), PROGRAMS)));
        return known;
    }

    @SafeVarargs
    private static Set<String> union(Iterable<String>... names) {
        Set<String> all = new TreeSet<>();
        for (Iterable<String> some : names) {
            some.forEach(all::add);
        }
        return all;
    }

    private static Optional<String> module(JavaClass javaClass) {
        String name = javaClass.getPackageName() + ".";
        return name.startsWith(ROOT) && name.length() > ROOT.length()
                ? Optional.of(name.substring(ROOT.length(), name.indexOf('.', ROOT.length())))
                : Optional.empty();
    }
}

package dev.fairlead.cli.install;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.PathUnit;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.socket.ListenPoint;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which shares of root's power (`man 7 capabilities`) a stack needs, by what its files ask for.
///
/// @param names in capitals, with `CAP_`
/// @param asRoot who runs as root, and so may need any of them; empty: nobody
record Capabilities(Set<String> names, Optional<String> asRoot) {
    private static final int FIRST_FREE_PORT = 1024;
    private static final String BIND = "CAP_NET_BIND_SERVICE";
    /// Becoming another user, ending what runs as one, and making and reading files of one.
    private static final List<String> FOR_USERS =
            List.of("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_CHOWN", "CAP_FOWNER", "CAP_DAC_OVERRIDE");

    Capabilities {
        names = new TreeSet<>(names);
    }

    /// @param compiled without errors, its listeners where they will be
    /// @param asUser whether the program runs as another user than root: then only ports under 1024 are to be had
    static Capabilities of(CompiledStack compiled, boolean asUser) {
        Plan plan = compiled.plan().orElse(Plan.EMPTY);
        Set<String> names = new TreeSet<>();
        if (bindsLow(plan, compiled.units().units())) {
            names.add(BIND);
        }
        if (asUser) {
            return new Capabilities(names, Optional.empty());
        }
        // Logs and keys may belong to the user of the program that the configuration was written for.
        names.add("CAP_DAC_OVERRIDE");
        Optional<String> asRoot = Optional.empty();
        for (Unit unit : compiled.units().units()) {
            Optional<Execution> execution = execution(unit);
            if (execution.isPresent()) {
                names.addAll(of(execution.get()));
                asRoot = asRoot.isEmpty() && !hasUser(execution.get().user()) ? Optional.of(unit.name()) : asRoot;
            }
        }
        for (Application application : plan.applications()) {
            names.addAll(FOR_USERS);
            application.surroundings().service().ifPresent(execution -> names.addAll(of(execution)));
            boolean isRoot = !hasUser(application.surroundings().user());
            asRoot = asRoot.isEmpty() && isRoot ? Optional.of(application.name()) : asRoot;
        }
        return new Capabilities(names, asRoot);
    }

    private static Optional<Execution> execution(Unit unit) {
        return switch (unit) {
            case Service service -> Optional.of(service.execution());
            case Job job -> Optional.of(job.execution());
            case SocketUnit _, TimerUnit _, PathUnit _, Target _, ApplicationUnit _ -> Optional.empty();
        };
    }

    static boolean hasUser(Optional<Named> user) {
        return user.filter(
                        named -> !named.name().equals("root") && !named.name().equals("0"))
                .isPresent();
    }

    private static boolean bindsLow(Plan plan, Collection<Unit> units) {
        boolean listens = plan.listeners().stream()
                .map(Listener::address)
                .anyMatch(address -> address instanceof Address.Tcp tcp && isLow(tcp.port()));
        return listens
                || units.stream()
                        .filter(SocketUnit.class::isInstance)
                        .flatMap(unit -> ((SocketUnit) unit).listens().stream())
                        .anyMatch(point -> point instanceof ListenPoint.Inet inet && isLow(inet.port()));
    }

    private static boolean isLow(int port) {
        return port > 0 && port < FIRST_FREE_PORT;
    }

    private static Set<String> of(Execution execution) {
        Set<String> names = new TreeSet<>();
        if (hasUser(execution.user()) || execution.group().isPresent()) {
            names.addAll(FOR_USERS);
        }
        if (execution.niceness().orElse(0) < 0) {
            names.add("CAP_SYS_NICE");
        }
        if (!execution.limits().isEmpty() || execution.outOfMemoryScore().orElse(0) < 0) {
            names.add("CAP_SYS_RESOURCE");
        }
        confinement(execution.confinement(), names);
        return names;
    }

    private static void confinement(Confinement confinement, Set<String> names) {
        if (confinement.root().isPresent()) {
            names.addAll(List.of("CAP_SYS_CHROOT", "CAP_SYS_ADMIN"));
        }
        if (!confinement.folders().isEmpty()) {
            names.addAll(FOR_USERS);
        }
        if (!confinement.mounts().isEmpty() || !confinement.namespaces().isEmpty()) {
            names.addAll(List.of("CAP_SYS_ADMIN", "CAP_MKNOD", "CAP_NET_ADMIN"));
        }
        if (confinement.scheduling().origin().isPresent()) {
            names.addAll(List.of("CAP_SYS_NICE", "CAP_SYS_ADMIN"));
        }
        Confinement.Rights rights = confinement.rights();
        if (rights.origin().isPresent()) {
            names.add("CAP_SETPCAP");
            rights.ambient().forEach(name -> names.add("CAP_" + name.toUpperCase(Locale.ROOT)));
        }
    }
}

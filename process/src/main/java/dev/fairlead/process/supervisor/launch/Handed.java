package dev.fairlead.process.supervisor.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Open descriptors that a service gets from 3 on, and how it is told of them (sd_listen_fds(3)).
///
/// @param descriptors they stay open here
/// @param names one for each
/// @param variables what else it is told, such as who connected
public record Handed(List<Integer> descriptors, List<String> names, Map<String, String> variables) {
    public static final Handed NOTHING = new Handed(List.of(), List.of(), Map.of());

    public Handed {
        descriptors = List.copyOf(descriptors);
        names = List.copyOf(names);
        variables = Map.copyOf(variables);
    }

    boolean isEmpty() {
        return descriptors.isEmpty();
    }

    /// Behind these the others.
    public Handed and(Handed others) {
        List<Integer> allDescriptors = new ArrayList<>(descriptors);
        allDescriptors.addAll(others.descriptors);
        List<String> allNames = new ArrayList<>(names);
        allNames.addAll(others.names);
        Map<String, String> allVariables = new LinkedHashMap<>(variables);
        allVariables.putAll(others.variables);
        return new Handed(allDescriptors, allNames, allVariables);
    }

    /// Without `LISTEN_PID`, which is known only once the process is there.
    public Map<String, String> environment() {
        if (isEmpty()) {
            return variables;
        }
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.put("LISTEN_FDS", Integer.toString(descriptors.size()));
        all.put("LISTEN_FDNAMES", String.join(":", names));
        return all;
    }
}

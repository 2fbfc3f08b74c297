package dev.fairlead.model.service.execution;

import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;

/// One command line. Variables (`$NAME` as a word of its own splits into words, `${NAME}` anywhere does not,
/// `$$` is a dollar sign) are replaced when it is run, because environment files are read then; unless it says
/// not to.
///
/// @param program an absolute path, or a bare name that is looked for in the usual folders
/// @param arguments the words handed to the program, its own name first
/// @param failureIsIgnored whether any exit counts as success
/// @param variablesAreExpanded whether the words above have variables replaced
/// @param privileges what of the service's surroundings it goes without
public record Command(
        String program,
        List<String> arguments,
        boolean failureIsIgnored,
        boolean variablesAreExpanded,
        Privileges privileges,
        Span origin) {
    public Command {
        arguments = List.copyOf(arguments);
    }

    /// What applies to a command.
    public enum Privileges {
        /// All that applies to the service.
        OF_SERVICE,
        /// All but user, groups and capabilities.
        OWN_USER,
        /// User, limits and sandboxing are left out.
        FULL
    }

    /// The same with another program in its place.
    public Command program(String other) {
        return new Command(other, arguments, failureIsIgnored, variablesAreExpanded, privileges, origin);
    }

    /// The same without user, limits and sandboxing.
    public Command withFullPrivileges() {
        return new Command(program, arguments, failureIsIgnored, variablesAreExpanded, Privileges.FULL, origin);
    }

    /// A plain command line.
    public static Command of(Span origin, String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addFirst(program);
        return new Command(program, words, false, true, Privileges.OF_SERVICE, origin);
    }
}

package dev.fairlead.model.service;

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
/// @param runsUnconfined whether user, limits and sandboxing are left out
public record Command(
        String program,
        List<String> arguments,
        boolean failureIsIgnored,
        boolean variablesAreExpanded,
        boolean runsUnconfined,
        Span origin) {
    public Command {
        arguments = List.copyOf(arguments);
    }

    /// A plain command line.
    public static Command of(Span origin, String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addFirst(program);
        return new Command(program, words, false, true, false, origin);
    }
}

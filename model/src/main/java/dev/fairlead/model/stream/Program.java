package dev.fairlead.model.stream;

import java.util.List;

/// A program that is started for each connection, which is its input and output, as inetd does.
///
/// @param path where it is; it is not searched for
/// @param arguments its own name first
/// @param environment `NAME=value` texts, besides this process's own and what tells of the client
/// @param tellsErrors whether the connection is its standard error, too; else it has this process's
public record Program(String path, List<String> arguments, List<String> environment, boolean tellsErrors) {
    public Program {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }
}

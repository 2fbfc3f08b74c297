package dev.fairlead.cli.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A stack of one site, which answers `inner`, to which tests add what they are about.
final class InnerStack {
    private InnerStack() {}

    /// @param alsoAt further places to listen at, as nginx names them
    /// @return its folder, in the one given
    static Path make(Path folder, int port, String... alsoAt) throws IOException {
        Path stack = Files.createDirectories(folder.resolve("stack"));
        StringBuilder listens = new StringBuilder("    listen 127.0.0.1:" + port + ";\n");
        for (String place : alsoAt) {
            listens.append("    listen ").append(place).append(";\n");
        }
        Files.writeString(
                stack.resolve("site.conf"),
                "server {\n" + listens + "    location / { return 200 \"inner\\n\"; }\n}\n");
        return stack;
    }

    /// A script that runs a stack, for units of another one. Control sockets are in `inner-run` beside it.
    static Path script(Path folder, Path stack) throws IOException {
        Path script = Files.writeString(folder.resolve("inner"), """
                #!/bin/sh
                export FAIRLEAD_RUNTIME_DIR=%s/inner-run _JAVA_SR_SIGNUM=62
                exec %s
                """.formatted(
                        folder, String.join(" ", Program.command("up", stack.toString()))));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }
}

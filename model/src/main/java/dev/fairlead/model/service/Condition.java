package dev.fairlead.model.service;

import dev.fairlead.source.Span;

/// A question about the machine, asked each time a unit is to be started.
///
/// @param parameter what is asked about: a path, a name, a comparison
/// @param isNegated whether the answer has to be no
/// @param isTrigger whether it is one of those of which a single one suffices; all others have to hold
/// @param written the setting's name and value as the operator wrote them, for messages
public record Condition(
        Subject subject, String parameter, boolean isNegated, boolean isTrigger, String written, Span origin) {
    /// What can be asked.
    public enum Subject {
        PATH_EXISTS,
        /// Whether a pattern matches any path.
        PATH_EXISTS_GLOB,
        PATH_IS_DIRECTORY,
        PATH_IS_SYMBOLIC_LINK,
        PATH_IS_MOUNT_POINT,
        PATH_IS_READ_WRITE,
        DIRECTORY_NOT_EMPTY,
        FILE_NOT_EMPTY,
        FILE_IS_EXECUTABLE,
        /// A name or number, or `@system` for those below 1000.
        USER,
        GROUP,
        /// A name with wildcards, or a machine id.
        HOST,
        /// Of the supervisor: a name, or `NAME=value`.
        ENVIRONMENT,
        /// A word of the kernel's command line, or the name before its `=`.
        KERNEL_COMMAND_LINE,
        /// Comparisons such as `>=5.4`, or a pattern.
        KERNEL_VERSION,
        ARCHITECTURE,
        /// yes, no, `vm`, `container` or the name of one.
        VIRTUALIZATION,
        /// A capability in the bounding set.
        CAPABILITY,
        SECURITY,
        /// Installed bytes, compared.
        MEMORY,
        /// Processors, compared.
        CPUS,
        CPU_FEATURE,
        AC_POWER,
        FIRST_BOOT,
        NEEDS_UPDATE,
        /// A controller of control groups.
        CONTROL_GROUP_CONTROLLER,
        /// A field of the system's release file, compared.
        OS_RELEASE,
        /// How long processes were kept from running or from memory: a share, and the time it is taken over.
        MEMORY_PRESSURE,
        CPU_PRESSURE,
        IO_PRESSURE,
        FIRMWARE,
        CREDENTIAL,
        PATH_IS_ENCRYPTED
    }
}

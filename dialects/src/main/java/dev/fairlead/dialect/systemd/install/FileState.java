package dev.fairlead.dialect.systemd.install;

import java.util.Locale;

/// Whether a unit's file is enabled.
public enum FileState {
    ENABLED,
    ENABLED_RUNTIME,
    LINKED,
    LINKED_RUNTIME,
    ALIAS,
    MASKED,
    MASKED_RUNTIME,
    STATIC,
    DISABLED,
    INDIRECT,
    GENERATED,
    TRANSIENT,
    BAD;

    /// As it is shown: `enabled-runtime`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the unit comes up, or may come up, without further ado.
    public boolean isOn() {
        return switch (this) {
            case ENABLED, ENABLED_RUNTIME, ALIAS, STATIC, INDIRECT, GENERATED -> true;
            case LINKED, LINKED_RUNTIME, MASKED, MASKED_RUNTIME, DISABLED, TRANSIENT, BAD -> false;
        };
    }

    /// Whether a policy about enabling has anything to say.
    public boolean hasPreset() {
        return this != ALIAS && this != STATIC && this != GENERATED && this != TRANSIENT;
    }
}

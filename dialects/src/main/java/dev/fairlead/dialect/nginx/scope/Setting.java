package dev.fairlead.dialect.nginx.scope;

/// One thing that can be set, with the value it has when nobody sets it. Compared by identity.
///
/// @param <T> the type of its values
public final class Setting<T> {
    private final Group group;
    private final T byDefault;
    private final boolean inherited;

    private Setting(Group group, T byDefault, boolean inherited) {
        this.group = group;
        this.byDefault = byDefault;
        this.inherited = inherited;
    }

    public static <T> Setting<T> of(Group group, T byDefault) {
        return new Setting<>(group, byDefault, true);
    }

    /// Holds only at the level where it is made.
    public static <T> Setting<T> local(Group group, T byDefault) {
        return new Setting<>(group, byDefault, false);
    }

    Group group() {
        return group;
    }

    public T byDefault() {
        return byDefault;
    }

    boolean inherited() {
        return inherited;
    }
}

package dev.fairlead.dialect.nginx.scope;

import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One level of the configuration: the main level, http, a server, a location, an `if`.
public final class Level {
    private final Context context;
    private final @Nullable Level parent;
    private final @Nullable Place place;
    private final Map<Setting<?>, Assigned<?>> own = new HashMap<>();
    private final Set<Group> touched = EnumSet.noneOf(Group.class);
    private final Map<Group, Object> built = new EnumMap<>(Group.class);

    private Level(Context context, @Nullable Level parent, @Nullable Place place) {
        this.context = context;
        this.parent = parent;
        this.place = place;
    }

    public static Level main() {
        return new Level(Context.MAIN, null, null);
    }

    /// A level below this one.
    public Level child(Context below) {
        return new Level(below, this, null);
    }

    /// A level below this one that requests can come to.
    public Level child(Context below, Place at) {
        return new Level(below, this, at);
    }

    /// A value and where it was set.
    public record Assigned<T>(T value, Span origin) {}

    public Context context() {
        return context;
    }

    /// What requests that come to this level meet; only in servers and below.
    public Place place() {
        if (place == null) {
            throw new IllegalStateException("no requests come to " + context);
        }
        return place;
    }

    /// Sets it here; false if that was done before.
    public <T> boolean assign(Setting<T> setting, T value, Span origin) {
        touched.add(setting.group());
        return own.putIfAbsent(setting, new Assigned<>(value, origin)) == null;
    }

    /// Sets it here, whatever was set here before.
    public <T> void reassign(Setting<T> setting, T value, Span origin) {
        touched.add(setting.group());
        own.put(setting, new Assigned<>(value, origin));
    }

    /// Adds to the list of this level.
    public <T> void append(Setting<List<T>> setting, T value, Span origin) {
        List<T> values = new ArrayList<>(own(setting).map(Assigned::value).orElse(List.of()));
        values.add(value);
        reassign(setting, List.copyOf(values), origin);
    }

    /// What was set here.
    @SuppressWarnings("unchecked") // an assignment has the type of its setting: assign and reassign see to it
    public <T> Optional<Assigned<T>> own(Setting<T> setting) {
        return Optional.ofNullable((Assigned<T>) own.get(setting));
    }

    /// What holds here: set here or above.
    public <T> Optional<Assigned<T>> effective(Setting<T> setting) {
        Optional<Assigned<T>> here = own(setting);
        if (here.isPresent() || parent == null || !setting.inherited()) {
            return here;
        }
        return parent.effective(setting);
    }

    /// The value that holds here, the default included.
    public <T> T value(Setting<T> setting) {
        return effective(setting).map(Assigned::value).orElse(setting.byDefault());
    }

    /// The level where the setting that holds here was made.
    public Optional<Level> source(Setting<?> setting) {
        if (own.containsKey(setting)) {
            return Optional.of(this);
        }
        return parent == null || !setting.inherited() ? Optional.empty() : parent.source(setting);
    }

    /// Where the setting that holds here was made.
    public Span origin(Setting<?> setting) {
        return effective(setting).<Span>map(Assigned::origin).orElse(Span.builtIn());
    }

    /// The value of a group, made once per level; that of the level above if nothing of the group is set here.
    @SuppressWarnings("unchecked") // each group is built by one function only
    public <V> V shared(Group group, Function<Level, V> build) {
        if (!touched.contains(group) && parent != null) {
            return parent.shared(group, build);
        }
        Object value = built.get(group);
        if (value == null) {
            value = build.apply(this);
            built.put(group, value);
        }
        return (V) value;
    }

    /// Marks a group as different from the level above although no setting of it was made here.
    public void separate(Group group) {
        touched.add(group);
    }

    public Optional<Level> parent() {
        return Optional.ofNullable(parent);
    }

    /// The nearest level of a context, this one included.
    public Optional<Level> enclosing(Context wanted) {
        if (context == wanted) {
            return Optional.of(this);
        }
        return parent == null ? Optional.empty() : parent.enclosing(wanted);
    }
}

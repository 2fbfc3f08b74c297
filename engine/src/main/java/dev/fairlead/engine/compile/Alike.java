package dev.fairlead.engine.compile;

import dev.fairlead.model.http.Settings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets what is equal in a generation be one object: the places of thousands of virtual hosts mostly say the
/// same, and a request then finds in the processor's caches what the last one needed, whatever its host was.
/// For one thread.
public final class Alike {
    private static final Object SEVERAL = new Object();

    /// Every object that was asked for, so that each is compared but once.
    private final IdentityHashMap<Object, Object> known = new IdentityHashMap<>();

    /// Of each class the only object there is so far, or that there are several. What is alone is compared with
    /// nothing: Java makes the code that compares records when it is first asked for, which the start of a small
    /// configuration would wait for.
    private final Map<Class<?>, Object> alone = new HashMap<>();

    private final Map<Object, Object> firsts = new HashMap<>();
    private final Map<Class<?>, IdentityHashMap<Object, Object>> made = new HashMap<>();
    private final Map<Groups, Settings> settings = new HashMap<>();

    /// The first of those that are equal to this one.
    @SuppressWarnings("unchecked") // equal values of a record are of its type
    public <T> T one(T value) {
        Object first = known.get(value);
        if (first == null) {
            first = firstOf(value);
            known.put(value, first);
        }
        return (T) first;
    }

    @SuppressWarnings("ReferenceEquality") // SEVERAL stands for itself
    private Object firstOf(Object value) {
        Object before = alone.putIfAbsent(value.getClass(), value);
        if (before == null) {
            return value;
        }
        if (before != SEVERAL) {
            firsts.put(before, before);
            alone.put(value.getClass(), SEVERAL);
        }
        Object first = firsts.putIfAbsent(value, value);
        return first == null ? value : first;
    }

    /// Those whose groups are all equal.
    public Settings one(Settings of) {
        Settings groups = new Settings(
                one(of.clientAddress()),
                one(of.access()),
                one(of.limits()),
                one(of.requestBody()),
                one(of.connection()),
                one(of.files()),
                one(of.responseHeaders()),
                one(of.compression()),
                one(of.redirects()),
                one(of.errorPages()),
                one(of.logging()),
                one(of.substitution()),
                one(of.copies()));
        return settings.computeIfAbsent(new Groups(groups), key -> groups);
    }

    /// What is made of a value: once for all that are equal.
    ///
    /// @param kind of what is made
    public <K, T> T made(Class<T> kind, K of, Function<K, T> make) {
        IdentityHashMap<Object, Object> those = made.computeIfAbsent(kind, key -> new IdentityHashMap<>());
        K value = one(of);
        Object present = those.get(value);
        if (present == null) {
            present = make.apply(value);
            those.put(value, present);
        }
        return kind.cast(present);
    }

    /// Settings compared by the identity of their groups, each of which is the only one of its kind.
    private static final class Groups {
        private final Object[] groups;

        private Groups(Settings of) {
            groups = new Object[] {
                of.clientAddress(),
                of.access(),
                of.limits(),
                of.requestBody(),
                of.connection(),
                of.files(),
                of.responseHeaders(),
                of.compression(),
                of.redirects(),
                of.errorPages(),
                of.logging(),
                of.substitution()
            };
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // equal groups are one object by now
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Groups that)) {
                return false;
            }
            for (int i = 0; i < groups.length; i++) {
                if (groups[i] != that.groups[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            return Arrays.stream(groups).mapToInt(System::identityHashCode).reduce(0, (hash, next) -> hash * 31 + next);
        }
    }
}

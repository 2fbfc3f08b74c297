package dev.fairlead.process.supervisor.launch;

import dev.fairlead.os.Descriptors;
import dev.fairlead.process.baton.Baton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Descriptors a service has left here, which it gets back when it starts again. They are closed when it is
/// down for good. Only on the master loop.
public final class DescriptorStore {
    private static final String UNNAMED = "stored";
    private static final int LONGEST_NAME = 255;

    private final List<Kept> kept = new ArrayList<>();

    private record Kept(int descriptor, String name) {}

    /// Takes descriptors over, and closes those there is no room for.
    ///
    /// @param most how many there may be
    /// @return whether there was room for all
    public boolean keep(List<Integer> descriptors, String name, int most) {
        boolean hadRoom = true;
        for (int descriptor : descriptors) {
            if (kept.size() < most) {
                kept.add(new Kept(descriptor, isName(name) ? name : UNNAMED));
            } else {
                Descriptors.close(descriptor);
                hadRoom = false;
            }
        }
        return hadRoom;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.chars().allMatch(c -> c > ' ' && c < 127 && c != ':');
    }

    public void remove(String name) {
        for (Kept one : List.copyOf(kept)) {
            if (one.name.equals(name)) {
                kept.remove(one);
                Descriptors.close(one.descriptor);
            }
        }
    }

    public void close() {
        kept.forEach(one -> Descriptors.close(one.descriptor));
        kept.clear();
    }

    public void save(Baton part) {
        kept.forEach(one -> part.add("stored").put("name", one.name).hand("descriptor", one.descriptor));
    }

    public void resume(Baton part) {
        for (Baton one : part.parts("stored")) {
            one.take("descriptor").ifPresent(descriptor -> kept.add(new Kept(descriptor, one.text("name", UNNAMED))));
        }
    }

    public Handed handed() {
        return new Handed(
                kept.stream().map(Kept::descriptor).toList(),
                kept.stream().map(Kept::name).toList(),
                Map.of());
    }
}

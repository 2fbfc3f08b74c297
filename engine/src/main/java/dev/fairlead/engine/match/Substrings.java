package dev.fairlead.engine.match;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/// Texts that are found anywhere in a value, which is read once (Aho and Corasick, 1975). Transitions are in a
/// hash table, so that a state costs a few words and not one for each byte there is.
final class Substrings implements TextIndex {
    private static final int ROOT = 0;

    private final boolean ignoresCase;
    private final int[] firstStates = new int[256];
    /// State and byte, one higher than they are; 0 is a free slot.
    private int[] edges = new int[64];
    private int[] targets = new int[64];
    private int edgeCount;
    private int[] fallbacks = new int[16];
    /// The lowest number among the texts that end in a state.
    private int[] found = new int[16];
    private int states = 1;

    /// @param keys folded
    Substrings(List<byte[]> keys, boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
        Arrays.fill(found, Integer.MAX_VALUE);
        int most = 1;
        for (byte[] key : keys) {
            most += key.length;
        }
        int[] parents = new int[most];
        int[] labels = new int[most];
        for (int number = 0; number < keys.size(); number++) {
            enter(keys.get(number), number, parents, labels);
        }
        link(parents, labels);
        for (int label = 0; label < firstStates.length; label++) {
            firstStates[label] = Math.max(ROOT, target(ROOT, label));
        }
    }

    private void enter(byte[] key, int number, int[] parents, int[] labels) {
        int state = ROOT;
        for (byte b : key) {
            int label = b & 0xff;
            int next = target(state, label);
            if (next < 0) {
                next = newState();
                parents[next] = state;
                labels[next] = label;
                put(state, label, next);
            }
            state = next;
        }
        found[state] = Math.min(found[state], number);
    }

    private int newState() {
        if (states == found.length) {
            found = Arrays.copyOf(found, states * 2);
            Arrays.fill(found, states, states * 2, Integer.MAX_VALUE);
            fallbacks = Arrays.copyOf(fallbacks, states * 2);
        }
        return states++;
    }

    /// Nearest to the root first: a state's fallback is nearer than the state.
    private void link(int[] parents, int[] labels) {
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        int[] children = new int[states + 1];
        for (int state = 1; state < states; state++) {
            children[parents[state] + 1]++;
        }
        for (int state = 0; state < states; state++) {
            children[state + 1] += children[state];
        }
        int[] places = Arrays.copyOf(children, states);
        int[] ordered = new int[Math.max(0, states - 1)];
        for (int state = 1; state < states; state++) {
            ordered[places[parents[state]]++] = state;
        }
        queue.add(ROOT);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (state != ROOT) {
                fallbacks[state] = fallback(parents[state], labels[state]);
                found[state] = Math.min(found[state], found[fallbacks[state]]);
            }
            for (int i = children[state]; i < children[state + 1]; i++) {
                queue.add(ordered[i]);
            }
        }
    }

    private int fallback(int parent, int label) {
        int state = parent;
        while (state != ROOT) {
            state = fallbacks[state];
            int next = target(state, label);
            if (next >= 0) {
                return next;
            }
        }
        return ROOT;
    }

    @Override
    public int find(byte[] bytes, int from, int to) {
        int best = found[ROOT];
        int state = ROOT;
        for (int i = from; i < to; i++) {
            state = next(state, Folding.of(bytes[i], ignoresCase));
            best = Math.min(best, found[state]);
        }
        return best == Integer.MAX_VALUE ? NONE : best;
    }

    private int next(int from, int label) {
        int state = from;
        while (state != ROOT) {
            int next = target(state, label);
            if (next >= 0) {
                return next;
            }
            state = fallbacks[state];
        }
        return firstStates[label];
    }

    private int target(int state, int label) {
        int edge = (state << 8 | label) + 1;
        int slot = slotOf(edge);
        return edges[slot] == edge ? targets[slot] : -1;
    }

    private int slotOf(int edge) {
        int mixed = edge * 0x9e3779b9;
        int slot = (mixed ^ mixed >>> 16) & (edges.length - 1);
        while (edges[slot] != 0 && edges[slot] != edge) {
            slot = (slot + 1) & (edges.length - 1);
        }
        return slot;
    }

    private void put(int state, int label, int target) {
        if (++edgeCount * 2 > edges.length) {
            int[] oldEdges = edges;
            int[] oldTargets = targets;
            edges = new int[oldEdges.length * 2];
            targets = new int[oldEdges.length * 2];
            for (int i = 0; i < oldEdges.length; i++) {
                if (oldEdges[i] != 0) {
                    int slot = slotOf(oldEdges[i]);
                    edges[slot] = oldEdges[i];
                    targets[slot] = oldTargets[i];
                }
            }
        }
        int edge = (state << 8 | label) + 1;
        int slot = slotOf(edge);
        edges[slot] = edge;
        targets[slot] = target;
    }
}

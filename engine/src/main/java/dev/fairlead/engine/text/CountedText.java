package dev.fairlead.engine.text;

/// A text that lets itself be looked at a bounded number of times.
final class CountedText implements CharSequence {
    /// About a tenth of a second. PCRE, by comparison, gives up after ten million steps of its own.
    private static final int MOST_LOOKS = 4_000_000;

    private String text = "";
    private int looksLeft;

    void set(String value) {
        text = value;
        looksLeft = MOST_LOOKS + 1000 * value.length();
    }

    void clear() {
        text = "";
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int at) {
        if (--looksLeft < 0) {
            throw new Exhausted();
        }
        return text.charAt(at);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exhausted() {
            super("too many steps", null, false, false);
        }
    }
}

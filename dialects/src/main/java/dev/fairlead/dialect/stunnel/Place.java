package dev.fairlead.dialect.stunnel;

/// Where an option may stand.
enum Place {
    /// Before the first section: for the whole program.
    GLOBAL("global"),
    /// In a section, or before the first for all of them.
    SERVICE("service");

    private final String words;

    Place(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}

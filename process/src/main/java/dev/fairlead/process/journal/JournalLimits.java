package dev.fairlead.process.journal;

/// How much is kept.
///
/// @param linesInMemory of each unit
/// @param fileBytes how large a unit's file grows before it is set aside
/// @param oldFiles how many files set aside are kept of each unit
public record JournalLimits(int linesInMemory, long fileBytes, int oldFiles) {
    /// 300 lines in memory, and four files of 4 MiB, of each unit.
    public static final JournalLimits DEFAULT = new JournalLimits(300, 4L << 20, 3);
}

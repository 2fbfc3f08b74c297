package dev.fairlead.process.master;

import java.nio.file.Path;

/// How a master works.
///
/// @param pythonSide the folder that holds `fairlead_worker`
/// @param inheritsOutput whether what workers write goes where this program's own output goes, instead of the
///     journal
/// @param isGunicorn whether this program is there for its one application, so that signals which that sends to its
///     parent are meant for it
/// @param isTrial whether the stack runs on another machine than it was written for, so that users may be missing
public record MasterOptions(Path pythonSide, boolean inheritsOutput, boolean isGunicorn, boolean isTrial) {}

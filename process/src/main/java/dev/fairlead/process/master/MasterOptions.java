package dev.fairlead.process.master;

import java.nio.file.Path;

/// How a master works.
///
/// @param pythonSide the folder that holds `fairlead_worker`
/// @param inheritsOutput whether what workers write goes where this program's own output goes, instead of the
///     journal
/// @param isTrial whether the stack runs on another machine than it was written for, so that users may be missing
public record MasterOptions(Path pythonSide, boolean inheritsOutput, boolean isTrial) {}

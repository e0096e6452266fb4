package dev.lintel.mesh.lint;

/** How bad a finding is. */
public enum Severity {
    /** Requests fail, or get through that must not. */
    ERROR,
    /** Something is probably not meant so. */
    WARNING,
    /** Something to know. */
    INFO
}

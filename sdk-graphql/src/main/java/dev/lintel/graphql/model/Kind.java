package dev.lintel.graphql.model;

/** What a single value is. */
public enum Kind {
    /** Text. */
    STRING,
    /** True or false. */
    BOOLEAN,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 64 bits. */
    LONG,
    /** A whole number of any size. */
    INTEGER,
    /** A binary floating-point number. */
    FLOAT,
    /** A decimal number of any size. */
    DECIMAL,
    /** A day, RFC 3339 {@code full-date}. */
    DATE,
    /** A moment, RFC 3339 {@code date-time}. */
    DATE_TIME,
    /** A UUID, RFC 9562. */
    UUID,
    /** Bytes as base64 text. */
    BASE64,
    /** Bytes as they are. */
    BYTES,
    /** Any JSON value. */
    JSON
}

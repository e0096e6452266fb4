package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the head of a service's response as strictly as a request's, and removes what was for that hop only. */
public final class ResponseReader {
    private ResponseReader() {}

    /** How the body of a response is framed. */
    public enum Framing {
        /** There is none, whatever the header says. */
        NONE,
        LENGTH,
        CHUNKED,
        /** It ends with the connection. */
        CLOSE
    }

    /**
     * What was read.
     *
     * @param framing of the body
     * @param keepAlive whether the connection may be used again
     */
    public record ResponseHead(Framing framing, boolean keepAlive) {}

    /**
     * Reads one head and cleans its message.
     *
     * @param message as it was decoded
     * @param toHead whether it answers a HEAD request
     * @return null if the message is no good
     */
    public static @Nullable ResponseHead read(HttpResponse message, boolean toHead) {
        int status = message.status().code();
        if (message.decoderResult().isFailure()
                || message.protocolVersion().majorVersion() != 1
                || status < 200
                || status > 599) {
            return null;
        }
        HttpHeaders headers = message.headers();
        ConnectionOptions connection = null;
        List<CharSequence> removed = null;
        int lengths = 0;
        int encodings = 0;
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = all.next();
            CharSequence name = entry.getKey();
            CharSequence value = entry.getValue();
            if (!Grammar.isToken(name) || !Grammar.isFieldValue(value)) {
                return null;
            }
            Field field = Field.of(name);
            switch (field) {
                case CONTENT_LENGTH -> lengths += Grammar.length(value) < 0 ? 2 : 1;
                case TRANSFER_ENCODING -> encodings += "chunked".equalsIgnoreCase(value.toString()) ? 1 : 2;
                case CONNECTION -> {
                    connection = connection == null ? new ConnectionOptions() : connection;
                    connection.add(value);
                }
                default -> {}
            }
            if (field.fate == Field.Fate.HOP) {
                removed = removed == null ? new ArrayList<>(2) : removed;
                removed.add(name);
            }
        }
        if (lengths + encodings > 1 || connection != null && !connection.isGood()) {
            return null;
        }
        clean(headers, removed, connection);
        boolean bodiless = toHead || status == 204 || status == 304;
        Framing framing = bodiless
                ? Framing.NONE
                : lengths == 1 ? Framing.LENGTH : encodings == 1 ? Framing.CHUNKED : Framing.CLOSE;
        return new ResponseHead(framing, framing != Framing.CLOSE && reusable(message, connection));
    }

    private static boolean reusable(HttpResponse message, @Nullable ConnectionOptions connection) {
        boolean wish = message.protocolVersion().minorVersion() > 0 || connection != null && connection.keepAlive();
        return wish && (connection == null || !connection.close());
    }

    private static void clean(
            HttpHeaders headers, @Nullable List<CharSequence> removed, @Nullable ConnectionOptions connection) {
        if (removed != null) {
            for (int i = 0; i < removed.size(); i++) {
                headers.remove(removed.get(i));
            }
        }
        if (connection != null) {
            connection.remove(headers);
        }
    }
}

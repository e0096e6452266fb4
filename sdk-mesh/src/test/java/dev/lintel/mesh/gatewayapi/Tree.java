package dev.lintel.mesh.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fields of plain trees, for what goes through them without any reader. */
final class Tree {
    private Tree() {}

    static Map<String, Object> map(Map<String, Object> tree, String name) {
        Map<String, Object> map = new TreeMap<>();
        if (tree.get(name) instanceof Map<?, ?> said) {
            said.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }

    static List<Map<String, Object>> maps(Map<String, Object> tree, String name) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> maps.add(map(Map.of("one", one), "one")));
        }
        return maps;
    }

    static List<String> texts(Map<String, Object> tree, String name) {
        List<String> texts = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }

    static String text(Map<String, Object> tree, String name, String otherwise) {
        return String.valueOf(tree.getOrDefault(name, otherwise));
    }
}

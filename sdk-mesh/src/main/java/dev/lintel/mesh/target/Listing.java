package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.util.List;

/** A file of ours as it is there, and the objects in it; none in a Kustomize file. */
record Listing(String text, List<Manifest> manifests) {}

/** What a gateway knows at one moment: the model that decides, and what is bound under which name. */
package dev.lintel.embedded.world;

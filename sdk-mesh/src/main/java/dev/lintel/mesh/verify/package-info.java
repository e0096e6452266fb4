/** Whether what was written is in force: requests through the data path, with the answers that the model gives. */
@CheckReturnValue
package dev.lintel.mesh.verify;

import com.google.errorprone.annotations.CheckReturnValue;

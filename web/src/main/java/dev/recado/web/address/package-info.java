/** Which addresses of the network a stranger's URL may lead to. */
@NullMarked
package dev.recado.web.address;

import org.jspecify.annotations.NullMarked;

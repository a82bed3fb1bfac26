/** The SDKs of OpenAI, pointed at a running server. */
@NullMarked
package dev.recado.e2e.openai;

import org.jspecify.annotations.NullMarked;

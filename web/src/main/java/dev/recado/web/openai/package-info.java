/** The shape of OpenAI's API over the same queue, so that its SDKs work with another base URL. */
@NullMarked
package dev.recado.web.openai;

import org.jspecify.annotations.NullMarked;

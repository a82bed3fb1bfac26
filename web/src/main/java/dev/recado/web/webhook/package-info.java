/**
 * Calls those who left a job when it has ended, as Standard Webhooks: {@link
 * dev.recado.web.webhook.Webhooks}. Apart from the path of jobs; a receiver that is slow or dead
 * holds up nobody but itself.
 */
@NullMarked
package dev.recado.web.webhook;

import org.jspecify.annotations.NullMarked;

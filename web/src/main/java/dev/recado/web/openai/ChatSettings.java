package dev.recado.web.openai;

import java.time.Duration;

/**
 * What chat jobs have in common.
 *
 * @param timeToLive from accepted to finished
 * @param model the model of those that name none
 */
public record ChatSettings(Duration timeToLive, String model) {}

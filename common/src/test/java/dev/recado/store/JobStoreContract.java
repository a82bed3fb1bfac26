package dev.recado.store;

/** What every job store promises. An adapter's test implements the two accessors. */
public interface JobStoreContract
    extends LineContract,
        ScheduleContract,
        BatchContract,
        OutcomeContract,
        StreamContract,
        OwnerContract,
        HandoverContract,
        AnnouncementContract,
        DeliveryContract,
        OperationsContract {}

namespace Warehouse.Service.Api;

/// <summary>How long the answer to a question stays the same, while no definition is changed and the day does not end.</summary>
internal enum Lasting
{
    /// <summary>Until something is recorded in the warehouse, be it only what was done with it: a run, an export, a sign-in.</summary>
    UntilWritten,

    /// <summary>Until a generation is published or what answers quickly is built anew: it is of the star alone.</summary>
    UntilPublished,

    /// <summary>It is of this moment: of the disk, the clock, or what runs.</summary>
    Moment,
}

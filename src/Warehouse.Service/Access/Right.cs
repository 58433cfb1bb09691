namespace Warehouse.Service.Access;

/// <summary>What somebody may do. Each route needs one of them.</summary>
[Flags]
internal enum Right
{
    /// <summary>Nothing that a workspace holds.</summary>
    None = 0,

    /// <summary>Ask cubes, as far as one's roles of the cubes let one see.</summary>
    Ask = 1,

    /// <summary>Read analyses, models, segments and campaigns, and the customers in them.</summary>
    Analyse = 2,

    /// <summary>Build segments; plan, launch and measure campaigns; send lists out.</summary>
    Campaign = 4,

    /// <summary>Load and mend data, decide who is who, store scores, train models, run jobs.</summary>
    Steward = 8,

    /// <summary>Give and take access, forget and disclose persons, back up, read the audit log.</summary>
    Administer = 16,
}

namespace Warehouse.Pages.Layout;

/// <summary>What a page, or something on it, needs: the names of policies that the service registers, each a right of its roles.</summary>
public static class Rights
{
    /// <summary>Ask cubes.</summary>
    public const string Ask = "Ask";

    /// <summary>Read analyses, models, segments, campaigns and the customers in them.</summary>
    public const string Analyse = "Analyse";

    /// <summary>Build segments, launch campaigns, send lists out.</summary>
    public const string Campaign = "Campaign";

    /// <summary>Load and mend data, train models, run jobs.</summary>
    public const string Steward = "Steward";

    /// <summary>Give access, forget and disclose persons.</summary>
    public const string Administer = "Administer";
}

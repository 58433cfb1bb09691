namespace Warehouse.Service.Access;

/// <summary>A right in words.</summary>
internal static class RightWords
{
    public static string Of(Right right) => right switch
    {
        Right.Ask => "ask cubes",
        Right.Analyse => "read analyses and the customers in them",
        Right.Campaign => "build segments and run campaigns",
        Right.Steward => "load and mend data",
        Right.Administer => "administer",
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };
}

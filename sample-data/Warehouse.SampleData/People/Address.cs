using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Stores;

namespace Warehouse.SampleData.People;

/// <summary>
/// An address that cannot exist: British postcodes begin with Q, which no postcode area does, and Irish ones with Z,
/// a letter that Eircodes do not use.
/// </summary>
internal sealed record Address(string Street, string Postcode, string City, string Country)
{
    private const string Letters = "ABDEFGHJLNPQRSTUWXYZ";

    private static readonly string[] s_streetHeads =
        ["Alder", "Bell", "Cobble", "Drover", "Ember", "Ferry", "Gable", "Heron", "Ivy", "Juniper", "Kiln", "Linnet", "Mill"];

    private static readonly string[] s_streetTails = ["Road", "Street", "Lane", "Close", "Avenue", "Rise", "Gardens", "Way"];

    public static Address Draw(Store near, Rng rng)
    {
        var street = $"{1 + rng.Below(180)} {rng.Pick<string>(s_streetHeads)} {rng.Pick<string>(s_streetTails)}";
        street = rng.Chance(0.08) ? $"Flat {1 + rng.Below(12)}, {street}" : street;
        var postcode = near.IsEuro
            ? $"Z{rng.Below(100):00} {Letter(rng)}{rng.Below(10)}{Letter(rng)}{rng.Below(10)}"
            : $"Q{Letter(rng)}{1 + rng.Below(30)} {rng.Below(10)}{Letter(rng)}{Letter(rng)}";
        return new Address(street, postcode, near.City, near.Country);
    }

    private static char Letter(Rng rng) => Letters[rng.Below(Letters.Length)];
}

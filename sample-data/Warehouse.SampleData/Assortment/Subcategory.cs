namespace Warehouse.SampleData.Assortment;

/// <summary>A shelf: products of one kind at rising prices.</summary>
/// <param name="Code">Three letters, the middle part of the SKU.</param>
/// <param name="Popularity">How often it is bought, against the others.</param>
/// <param name="FirstPrice">Of the cheapest product, in pounds; each next one costs about a fifth more.</param>
/// <param name="IsUsedUp">Bought again and again.</param>
internal sealed record Subcategory(
    string Category, string Name, string Code, string Noun, double Popularity, double FirstPrice, bool IsUsedUp = false)
{
    /// <summary>How much likelier than in the average category a line comes back.</summary>
    public double ReturnFactor => Category switch
    {
        "Clothing" => 2.2,
        "Pantry" or "Pets" or "Cleaning" => 0.3,
        _ => 1,
    };

    /// <summary>The category's own season, on top of the clock's.</summary>
    public double SeasonFactor(int month) => (Category, month) switch
    {
        ("Garden", >= 4 and <= 7) => 2.5,
        ("Garden", >= 11 or <= 2) => 0.3,
        ("Toys and gifts", 11 or 12) => 3.0,
        ("Clothing", >= 9 and <= 11) => 1.4,
        _ => 1,
    };

    public static IReadOnlyList<Subcategory> All { get; } =
    [
        new("Kitchen", "Cookware", "COO", "pan", 3, 6),
        new("Kitchen", "Bakeware", "BAK", "tin", 3, 3),
        new("Kitchen", "Tableware", "TAB", "bowl", 4, 2),
        new("Kitchen", "Food storage", "FOO", "jar", 3, 1.5),
        new("Garden", "Plants", "PLA", "plant", 3, 2),
        new("Garden", "Garden tools", "TOO", "trowel", 2, 4),
        new("Garden", "Garden furniture", "FUR", "chair", 1, 12),
        new("Garden", "Barbecue", "BBQ", "grill set", 1, 5),
        new("Pantry", "Coffee", "COF", "coffee", 5, 2.5, IsUsedUp: true),
        new("Pantry", "Tea", "TEA", "tea", 4, 1.5, IsUsedUp: true),
        new("Pantry", "Snacks", "SNA", "biscuits", 6, 1),
        new("Pantry", "Preserves", "PRE", "preserve", 4, 1.2),
        new("Pets", "Dog food", "DOG", "dog food", 3, 2, IsUsedUp: true),
        new("Pets", "Cat food", "CAT", "cat food", 3, 2, IsUsedUp: true),
        new("Pets", "Pet toys", "PTO", "pet toy", 2, 1.5),
        new("Pets", "Pet beds", "BED", "pet bed", 1, 8),
        new("Beauty", "Skin care", "SKI", "cream", 4, 2.5, IsUsedUp: true),
        new("Beauty", "Hair care", "HAI", "shampoo", 4, 2, IsUsedUp: true),
        new("Beauty", "Fragrance", "FRA", "scent", 2, 6),
        new("Beauty", "Bath", "BAT", "soap", 4, 1),
        new("Home", "Lighting", "LIG", "lamp", 2, 6),
        new("Home", "Cushions and throws", "CUS", "cushion", 3, 4),
        new("Home", "Candles", "CAN", "candle", 5, 1.5),
        new("Home", "Frames", "FRM", "frame", 3, 2),
        new("Clothing", "Knitwear", "KNI", "jumper", 3, 9),
        new("Clothing", "Socks", "SOC", "socks", 4, 2),
        new("Clothing", "Outerwear", "OUT", "jacket", 1, 15),
        new("Clothing", "Shirts", "SHI", "shirt", 3, 8),
        new("Toys and gifts", "Games", "GAM", "game", 3, 4),
        new("Toys and gifts", "Puzzles", "PUZ", "puzzle", 3, 3),
        new("Toys and gifts", "Crafts", "CRA", "craft kit", 3, 2),
        new("Toys and gifts", "Gift wrap", "WRA", "gift wrap", 4, 1),
        new("Paper", "Notebooks", "NOT", "notebook", 4, 1.5),
        new("Paper", "Cards", "CRD", "card", 5, 1),
        new("Paper", "Calendars", "CAL", "calendar", 1, 3),
        new("Paper", "Pens", "PEN", "pen", 4, 1),
        new("Cleaning", "Laundry", "LAU", "detergent", 4, 2, IsUsedUp: true),
        new("Cleaning", "Surface care", "SUR", "cleaner", 3, 1.2, IsUsedUp: true),
        new("Cleaning", "Household paper", "HPA", "kitchen roll", 4, 1, IsUsedUp: true),
        new("Cleaning", "Air care", "AIR", "room spray", 2, 1.2),
    ];
}

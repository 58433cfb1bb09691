namespace Warehouse.Campaigns.Segments;

/// <summary>Whom a search for a segment's members gives, and with what.</summary>
internal enum FoundScope
{
    /// <summary>The members, with the reasons.</summary>
    Members,

    /// <summary>The members without reasons, which take most of the time.</summary>
    Keys,

    /// <summary>The members among those of <c>temp.segment_few</c>, with the reasons; a segment that is cut by value is not cut again.</summary>
    Few,

    /// <summary>Everybody, whether he is a member or not, with the reasons and with the tests that hold.</summary>
    Everybody,
}

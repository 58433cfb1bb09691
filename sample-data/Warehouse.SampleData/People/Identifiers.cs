using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.People;

/// <summary>The numbers by which the systems know people and orders. None tells anything of another.</summary>
internal sealed class Identifiers(int seed, int customers)
{
    private readonly Shuffle _accounts = new(seed, RandomStream.Identifiers, 1, 2L * customers);
    private readonly Shuffle _cards = new(seed, RandomStream.Identifiers, 2, 2L * customers);
    private readonly Shuffle _webAccounts = new(seed, RandomStream.Identifiers, 3, customers);
    private readonly Shuffle _phones = new(seed, RandomStream.Identifiers, 4, customers);
    private readonly Shuffle _emails = new(seed, RandomStream.Identifiers, 5, customers);
    private readonly long _customers = customers;

    /// <param name="registration">0, or 1 for the account of one who registered twice.</param>
    public long AccountOrdinal(int person, int registration) => _accounts[person + (registration * _customers)];

    public string Account(int person, int registration) => $"C{1_000_000 + AccountOrdinal(person, registration)}";

    /// <summary>The number of a loyalty card, its last digit a check digit (Luhn).</summary>
    public string LoyaltyCard(int person, int card)
    {
        var number = 20_000_000 + _cards[person + (card * _customers)];
        return $"LC{number}{LuhnDigit(number)}";
    }

    public string WebAccount(int person) => $"W{500_000 + _webAccounts[person]}";

    /// <summary>What makes an e-mail address a person's own among those of the same name.</summary>
    public long EmailNumber(int person) => 10 + _emails[person];

    /// <summary>Three people in four have a telephone number that is known; null for the fourth.</summary>
    public string? Phone(int person)
    {
        var ordinal = _phones[person];
        return ordinal % 4 == 3 ? null : Phones.Number(ordinal - ((ordinal + 1) / 4));
    }

    private static int LuhnDigit(long number)
    {
        var sum = 0;
        for (var doubles = true; number > 0; number /= 10, doubles = !doubles)
        {
            var digit = (int)(number % 10);
            sum += doubles ? (digit * 2 / 10) + (digit * 2 % 10) : digit;
        }

        return (10 - (sum % 10)) % 10;
    }
}

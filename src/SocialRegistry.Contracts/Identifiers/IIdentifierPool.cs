namespace SocialRegistry.Contracts;

/// <summary>Numbers that this registry gives out itself: made ahead, each given once and never again.</summary>
public interface IIdentifierPool
{
    /// <summary>
    /// Gives a record a number of a type that has a generator. A record that already carries one of the type keeps it and gets no second.
    /// Permission <c>registrants:write</c>.
    /// </summary>
    Task<Outcome<IssuedIdentifier>> IssueAsync(
        RegistrantId id,
        string type,
        long expectedVersion,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>How full the pools are, one per type with a generator. Permission <c>registrants:read</c>.</summary>
    Task<Outcome<IReadOnlyList<IdentifierPoolView>>> ListAsync(Caller caller, CancellationToken cancellationToken);
}

/// <summary>A number given to a record.</summary>
/// <param name="Identifier">Type and number.</param>
/// <param name="Version">The version of the record that carries it.</param>
public sealed record IssuedIdentifier(Identifier Identifier, long Version);

/// <summary>One pool.</summary>
/// <param name="Type">Identifier type.</param>
/// <param name="Available">Numbers made and not yet given.</param>
/// <param name="Issued">Numbers given, which stay reserved.</param>
/// <param name="Target">How many are kept ready.</param>
public sealed record IdentifierPoolView(string Type, long Available, long Issued, int Target);

/// <summary>How numbers of a type are made.</summary>
public sealed record IdentifierGeneratorView
{
    /// <summary>Characters of a number, check digits included; 4 to 32.</summary>
    public required int Length { get; init; }

    /// <summary><c>digits</c>, or <c>alphanumeric</c> (0 to 9 and A to Z without I and O).</summary>
    public string Alphabet { get; init; } = "digits";

    /// <summary>No more than so many equal characters in a row; 0 for no rule.</summary>
    public int MaxRun { get; init; } = 2;

    /// <summary>No more than so many characters that go up or down one by one (<c>345</c>, <c>876</c>); 0 for no rule.</summary>
    public int MaxSequence { get; init; } = 3;

    /// <summary>No block of so many characters twice in a number (<c>27…27</c>); 0 for no rule.</summary>
    public int RepeatedBlock { get; init; } = 2;

    /// <summary>No more than so many even digits in a row; 0 for no rule.</summary>
    public int MaxEvenRun { get; init; }

    /// <summary>The first so many characters are not the last ones, nor those backwards; 0 for no rule.</summary>
    public int DifferentEnds { get; init; }

    /// <summary>A number does not begin with 0 or 1.</summary>
    public bool NoLeadingZeroOrOne { get; init; } = true;

    /// <summary>Texts that stand nowhere in a number.</summary>
    public IReadOnlyList<string> Forbidden { get; init; } = [];

    /// <summary>Numbers kept ready; 0 to 100,000.</summary>
    public int PoolSize { get; init; } = 1_000;
}

/// <summary>Check rules of identifier types.</summary>
public static class CheckDigits
{
    /// <summary>One digit (Verhoeff 1969): finds every single wrong digit and every swap of neighbours.</summary>
    public const string Verhoeff = "verhoeff";

    /// <summary>One character, modulo 10 for digits and modulo 36 for letters and digits (ISO/IEC 7812-1 annex B).</summary>
    public const string Luhn = "luhn";

    /// <summary>Two digits (ISO/IEC 7064 MOD 97-10); letters count 10 to 35.</summary>
    public const string Mod97 = "mod97-10";
}

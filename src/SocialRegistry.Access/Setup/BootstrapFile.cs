using SocialRegistry.Access.Partners;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>A bootstrap file that was found to be right.</summary>
internal sealed record BootstrapFile(IReadOnlyList<PartnerEntry> Partners, IReadOnlyList<UserEntry> Users);

/// <summary>One account of the file.</summary>
internal sealed record UserEntry
{
    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>Names of roles that stand.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Codes of the areas it is held to; empty means everywhere.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>For the role <c>person</c>: who she is.</summary>
    public Identifier? Registrant { get; init; }
}

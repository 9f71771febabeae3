using System.Collections.Frozen;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Accounts;

/// <summary>A bundle of permissions.</summary>
/// <param name="Purpose">Why holders look at data, unless they name another purpose of theirs.</param>
/// <param name="Fields">Which fields its holders may receive and filter by.</param>
internal sealed record Role(string Name, CallerKind Kind, string Purpose, FieldScope Fields, string[] Permissions);

/// <summary>All roles of this version, and who may hold which together.</summary>
internal static class Roles
{
    public const string SystemAdministrator = "system-administrator";
    public const string Person = "person";

    public static FrozenDictionary<string, Role> All { get; } =
        new Role[]
        {
            // Runs the deployment; reads no person, whatever else happens.
            new(SystemAdministrator, CallerKind.Staff, "operation", FieldScope.None, [Permissions.ManageAccess]),
            new(
                "registrar",
                CallerKind.Staff,
                "registration",
                FieldScope.All,
                [
                    Permissions.ReadRegistrants,
                    Permissions.WriteRegistrants,
                    Permissions.ReadVersions,
                    Permissions.RunImports,
                ]
            ),
            new(
                "attestor",
                CallerKind.Staff,
                "attestation",
                FieldScope.All,
                [Permissions.ReadRegistrants, Permissions.WriteAttestations]
            ),
            new(
                "issuer-officer",
                CallerKind.Staff,
                "credential-issuance",
                FieldScope.All,
                [Permissions.ReadRegistrants, Permissions.OfferCredentials]
            ),
            new(
                "auditor",
                CallerKind.Staff,
                "audit",
                FieldScope.All,
                [Permissions.ReadVersions, Permissions.ReadDisclosures]
            ),
            // Her own record only: the core clamps callers of this kind to Caller.Self.
            new(
                Person,
                CallerKind.Person,
                "self-service",
                FieldScope.All,
                [Permissions.ReadRegistrants, Permissions.ReadVersions, Permissions.ReadDisclosures]
            ),
        }.ToFrozenDictionary(role => role.Name);

    /// <summary>Why these roles cannot be held by one account; absent when they can.</summary>
    public static string? Conflict(IReadOnlyCollection<string> roles) =>
        roles.Count > 1 && roles.Contains(SystemAdministrator)
            ? "system-administrator stands alone: it must not read persons"
        : roles.Count > 1 && roles.Contains(Person) ? "person stands alone: staff use an account of their own"
        : null;

    /// <summary>What the holder of these roles may do; roles that this version does not know give nothing.</summary>
    public static Grant Of(IReadOnlyCollection<string> names)
    {
        var roles = names.Select(All.GetValueOrDefault).OfType<Role>().ToList();
        return new Grant(
            roles.Any(role => role.Kind == CallerKind.Person) ? CallerKind.Person : CallerKind.Staff,
            roles.SelectMany(role => role.Permissions).ToFrozenSet(),
            roles.Any(role => role.Fields.IsAll) ? FieldScope.All : FieldScope.None,
            [.. roles.Select(role => role.Purpose).Distinct()]
        );
    }
}

/// <summary>What an account may do. The first purpose is the one taken when none is named.</summary>
internal sealed record Grant(
    CallerKind Kind,
    IReadOnlySet<string> Permissions,
    FieldScope Fields,
    IReadOnlyList<string> Purposes
);

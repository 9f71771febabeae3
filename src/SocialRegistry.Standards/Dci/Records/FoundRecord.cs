using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Records;

/// <summary>One record of an answer.</summary>
/// <param name="View">What the core lets this partner see.</param>
internal sealed record FoundRecord(RegistrantView View)
{
    /// <summary>Of a group: its members, when the partner may have them.</summary>
    public IReadOnlyList<RegistrantView>? Members { get; init; }

    /// <summary>Of a group: its head, when there is one and the partner may have it.</summary>
    public RegistrantView? Head { get; init; }

    /// <summary>Of a group: how many belong to it, when the partner may know.</summary>
    public int? Size { get; init; }
}

/// <summary>What a partner may have of a record beside the fields of the catalogue.</summary>
internal sealed class BesideFields(FieldScope scope)
{
    public bool Members => Has("memberships", "member_list");

    public bool Head => Has("memberships", "group_head_info");

    public bool Size => Has("memberships", "member_list", "group_size");

    public bool RegistrationDate => Has("registration_date");

    public bool LastUpdated => Has("last_updated");

    private bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (scope.Contains(name))
            {
                return true;
            }
        }

        return false;
    }
}

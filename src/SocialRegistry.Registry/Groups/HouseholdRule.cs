using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>When a group must have a head (<see cref="RegistryOptions.HouseholdNeedsHead"/>).</summary>
internal sealed class HouseholdRule(RegistryOptions options, FieldCatalogue catalogue)
{
    /// <summary>The field of groups that makes one a household.</summary>
    public const string TypeField = "group_type";

    private static readonly string[] Households = ["2", "3"];

    /// <summary>True when every member of a household needs a head beside her, from the first on.</summary>
    public bool IsStrict => options.HouseholdNeedsHead == HeadRule.Always;

    /// <summary>True for groups of a type that must have a head.</summary>
    public bool AppliesTo(OpenRecord group) =>
        options.HouseholdNeedsHead != HeadRule.Never
        && catalogue.Current.Rule(RegistrantKinds.Group, TypeField) is { } rule
        && group.Value(rule) is { ValueKind: System.Text.Json.JsonValueKind.String } type
        && (options.HouseholdTypes ?? Households).Contains(type.GetString());

    /// <summary>True when a household of this state stands against the rule.</summary>
    /// <param name="hadHead">Before the change.</param>
    /// <param name="hasHead">After it.</param>
    /// <param name="hasMembers">After it.</param>
    public bool IsBroken(OpenRecord group, bool hadHead, bool hasHead, bool hasMembers) =>
        !hasHead
        && hasMembers
        && (hadHead || IsStrict)
        && group.Document.Status == RegistrantStatuses.Active
        && AppliesTo(group);
}

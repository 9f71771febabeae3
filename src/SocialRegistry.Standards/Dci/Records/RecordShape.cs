using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Records;

/// <summary>The record types of the social registry (DCI social registry 2025-12, records).</summary>
internal enum RecordShape
{
    /// <summary>Identity and contact of a person (<c>SRPerson</c>).</summary>
    Person,

    /// <summary>A person with what the registry knows beside identity (<c>Member</c>).</summary>
    Member,

    /// <summary>A household or other group, with its members (<c>Group</c>).</summary>
    Group,
}

internal static class RecordShapes
{
    /// <summary>The shape of a name such as <c>SRPerson</c> or <c>spdci-extensions-dci:Member</c>, and the standard's own spelling of it.</summary>
    public static (RecordShape Shape, string Name)? Find(string name) =>
        JsonTexts.LocalName(name).ToUpperInvariant() switch
        {
            "SRPERSON" => (RecordShape.Person, "SRPerson"),
            "PERSON" => (RecordShape.Person, "Person"),
            "MEMBER" => (RecordShape.Member, "Member"),
            "GROUP" or "HOUSEHOLD" => (RecordShape.Group, "Group"),
            _ => null,
        };

    /// <summary>Which kind of registrant is shown in the shape.</summary>
    public static string Kind(this RecordShape shape) =>
        shape == RecordShape.Group ? RegistrantKinds.Group : RegistrantKinds.Individual;
}

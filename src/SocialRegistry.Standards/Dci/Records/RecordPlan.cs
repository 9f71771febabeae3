using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Records;

/// <summary>
/// What a record of one shape looks like: the members in canonical order, made once from the catalogue. Fields go where their
/// <see cref="FieldView.DciPath"/> says; <see cref="Beside"/> holds what is no field.
/// </summary>
internal sealed class RecordPlan
{
    private const string DemographicInfo = "demographic_info";

    private RecordPlan(PlannedObject root) => Root = root;

    public PlannedObject Root { get; }

    public static RecordPlan For(RecordShape shape, CatalogueView catalogue)
    {
        var root = new PlannedObject(TypeOf(shape));
        foreach (var field in catalogue.Fields.Where(f => f.Kind == shape.Kind() && !f.Computed))
        {
            if (field.DciPath is { } path && Within(shape, path) is { } inner)
            {
                root.Add(inner.Split('.'), new PlannedField(field));
            }
        }

        foreach (var (path, what) in Beside(shape))
        {
            root.Add(path.Split('.'), new PlannedBeside(what));
        }

        return new RecordPlan(root);
    }

    /// <summary>The type of an object by its member's name, as the vocabulary has it; absent: the object gets no <c>@type</c>.</summary>
    public static string? TypeOf(string member) =>
        member switch
        {
            "name" => "Name",
            "address" => "Address",
            "place" or "geographical_location" => "Place",
            "geo" => "GeoCoordinates",
            "geo_location" => "GeoLocation",
            "disability_info" => "DisabilityInfo",
            DemographicInfo => "spdci:SRPerson",
            _ => null,
        };

    private static string TypeOf(RecordShape shape) =>
        shape switch
        {
            RecordShape.Person => "spdci:SRPerson",
            RecordShape.Member => "spdci:Member",
            _ => "spdci:Group",
        };

    private static string? Within(RecordShape shape, string path) =>
        shape != RecordShape.Person ? path
        : path.StartsWith(DemographicInfo + ".", StringComparison.Ordinal) ? path[(DemographicInfo.Length + 1)..]
        : null;

    private static IEnumerable<(string Path, BesideWhat What)> Beside(RecordShape shape)
    {
        yield return ("registration_date", BesideWhat.RegistrationDate);
        yield return ("last_updated", BesideWhat.LastUpdated);
        switch (shape)
        {
            case RecordShape.Person:
                yield return ("identifier", BesideWhat.Identifiers);
                break;
            case RecordShape.Member:
                yield return ("member_identifier", BesideWhat.Identifiers);
                yield return (DemographicInfo + ".identifier", BesideWhat.Identifiers);
                break;
            default:
                yield return ("group_identifier", BesideWhat.Identifiers);
                yield return ("group_head_info", BesideWhat.Head);
                yield return ("group_size", BesideWhat.Size);
                yield return ("member_list", BesideWhat.Members);
                yield return ("place_address", BesideWhat.PlaceAddress);
                break;
        }
    }
}

/// <summary>What a record holds beside its fields.</summary>
internal enum BesideWhat
{
    Identifiers,
    RegistrationDate,
    LastUpdated,
    Head,
    Size,
    Members,

    /// <summary>1: <c>place</c> is given, 0: only <c>address</c> is.</summary>
    PlaceAddress,
}

/// <summary>One member of a planned record.</summary>
internal abstract record Planned;

/// <summary>A field's value.</summary>
internal sealed record PlannedField(FieldView Field) : Planned;

/// <summary>Something that is no field.</summary>
internal sealed record PlannedBeside(BesideWhat What) : Planned;

/// <summary>An object around others; left out when nothing is in it.</summary>
internal sealed record PlannedObject(string? Type) : Planned
{
    private readonly SortedDictionary<string, (JsonEncodedText Name, Planned Value)> members = new(
        StringComparer.Ordinal
    );

    private (JsonEncodedText Name, Planned Value)[]? inOrder;

    /// <summary>In canonical order; asked for once the plan is made.</summary>
    public IReadOnlyList<(JsonEncodedText Name, Planned Value)> Members => inOrder ??= [.. members.Values];

    /// <summary>Places a member; what stands there already stays.</summary>
    public void Add(ReadOnlySpan<string> path, Planned value)
    {
        var name = path[0];
        if (path.Length == 1)
        {
            members.TryAdd(name, (JsonEncodedText.Encode(name), value));
            return;
        }

        if (!members.TryGetValue(name, out var there))
        {
            there = (JsonEncodedText.Encode(name), new PlannedObject(RecordPlan.TypeOf(name)));
            members[name] = there;
        }

        if (there.Value is PlannedObject inner)
        {
            inner.Add(path[1..], value);
        }
    }
}

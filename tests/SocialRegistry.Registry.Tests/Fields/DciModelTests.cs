using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Fields;

/// <summary>The default catalogue against the published DCI data model, member by member.</summary>
public sealed class DciModelTests
{
    /// <summary>Members that are no field, and where they come from instead.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["identifier"] = "identifiers of the record",
        ["member_identifier"] = "identifiers of the record",
        ["group_identifier"] = "identifiers of the record",
        ["registration_date"] = "when the record was first stored",
        ["last_updated"] = "when the version that stands was stored",
        ["related_person"] = "relationships, with the codes of relation_type",
        ["group_head_info"] = "memberships",
        ["member_list"] = "memberships",
        ["place_address"] = "follows from which of place and address is there",
        ["geometry"] = "follows from the plus code, which names a rectangle",
        ["contains_place"] = "the tree of areas; a household's place contains no others",
    };

    private static readonly CatalogueView Catalogue = CatalogueFile.Read(null);

    [Theory]
    [InlineData("Member", RegistrantKinds.Individual)]
    [InlineData("Group", RegistrantKinds.Group)]
    public void Every_member_has_a_field_or_comes_from_elsewhere(string type, string kind)
    {
        var ours = Catalogue.Fields.Where(f => f.Kind == kind && f.DciPath is not null).SelectMany(Paths).ToHashSet();
        var theirs = Members(type, "").ToList();

        Assert.True(theirs.Count > 15);
        Assert.Equal([], theirs.Where(path => !ours.Contains(path)));
    }

    [Fact]
    public void No_field_claims_a_place_that_the_model_does_not_have()
    {
        foreach (var (type, kind) in new[] { ("Member", RegistrantKinds.Individual), ("Group", RegistrantKinds.Group) })
        {
            var theirs = Members(type, "").ToHashSet();
            Assert.Equal(
                [],
                Catalogue
                    .Fields.Where(f => f.Kind == kind && f.DciPath is not null)
                    .SelectMany(Paths)
                    // The model leaves open what stands in additional attributes.
                    .Where(p => !p.StartsWith("additional_attributes.", StringComparison.Ordinal))
                    .Where(p => !theirs.Contains(p))
            );
        }
    }

    [Fact]
    public void A_related_person_is_a_relation_of_the_official_codes_to_a_person()
    {
        Assert.Equal(["relationship_type", "related_member"], Properties("RelatedPerson").Select(p => p.Name));
        Assert.Contains(Catalogue.CodeLists, l => l.Id == "relation_type" && l.Codes.Count == 107);
    }

    [Fact]
    public void The_social_extension_adds_no_member()
    {
        foreach (var type in new[] { "SRPerson", "Member", "Group" })
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(
                    Specs.Public("dci", "schemas-2026-04", "extensions", "social", "v1", "data", type + ".jsonld")
                )
            );
            var added = document.RootElement.TryGetProperty("rdfs:property", out var properties)
                ? properties.EnumerateArray().Select(p => Local(p.GetProperty("@id").GetString()!)).ToList()
                : [];
            var core = Properties(type == "SRPerson" ? "Person" : type).Select(p => p.Name).ToList();
            Assert.Equal([], added.Except(core));
        }
    }

    [Fact]
    public void Everything_that_people_read_has_a_label_in_four_languages()
    {
        string[] languages = ["eng", "fra", "ara", "spa"];
        var labels = Catalogue
            .Fields.SelectMany(Labels)
            .Concat(Catalogue.CodeLists.SelectMany(l => l.Codes.Select(c => (l.Id + "." + c.Code, c.Labels))))
            .Concat(Catalogue.IdentifierTypes.Select(t => (t.Id, t.Labels)))
            .ToList();

        Assert.True(labels.Count > 200);
        Assert.Equal([], labels.Where(l => languages.Except(l.Item2.Keys).Any()).Select(l => l.Item1));
    }

    private static IEnumerable<(string, IReadOnlyDictionary<string, string>)> Labels(FieldView field) =>
        field.Parts.SelectMany(Labels).Prepend(($"{field.Kind}.{field.Id}", field.Labels));

    /// <summary>Where a field and its parts stand.</summary>
    private static IEnumerable<string> Paths(FieldView field) =>
        field
            .Parts.Where(p => p.DciPath is not null && p.Id is not ("altitude" or "accuracy"))
            .SelectMany(Paths)
            .Select(inner => field.DciPath + "." + inner)
            .Prepend(field.DciPath!);

    /// <summary>Paths of all members of a type, those inside its members too; what comes from elsewhere is left out.</summary>
    private static IEnumerable<string> Members(string type, string prefix)
    {
        foreach (var (name, range) in Properties(type).Where(p => !Elsewhere.ContainsKey(p.Name)))
        {
            // Examples and products call it place, and so do we (conformance switch per partner).
            var path = prefix + (name == "geographical_location" ? "place" : name);
            if (name == "plus_code")
            {
                // Described in place; its geometry comes from elsewhere.
                yield return path + ".global_code";
            }
            else if (range is not null && HasFile(range) && !IsDeeper(path))
            {
                foreach (var inner in Members(range, path + ".").Where(m => !IsDeeper(m)))
                {
                    yield return inner;
                }
            }

            if (name != "demographic_info" && range != "Name")
            {
                yield return path;
            }
        }
    }

    /// <summary>A place in a place: one level is kept.</summary>
    private static bool IsDeeper(string path) =>
        path.Contains("contained_in_place.contained_in_place", StringComparison.Ordinal)
        || path.Contains("contained_in_place.geo", StringComparison.Ordinal);

    private static bool HasFile(string type) =>
        type is "Person" or "Name" or "Address" or "GeoLocation" or "DisabilityInfo" or "Place" or "GeoCoordinates";

    private static List<(string Name, string? Range)> Properties(string type)
    {
        var file = type == "GeoCoordinates" ? "Geocoordinates" : type;
        using var document = JsonDocument.Parse(
            File.ReadAllText(Specs.Public("dci", "schemas-2026-04", "core", "v1", "data", file + ".jsonld"))
        );
        var root = document.RootElement.TryGetProperty("@graph", out var graph) ? graph[0] : document.RootElement;
        return [.. Properties(root)];
    }

    private static IEnumerable<(string Name, string? Range)> Properties(JsonElement type)
    {
        foreach (var property in type.GetProperty("rdfs:property").EnumerateArray())
        {
            var name = Local(property.GetProperty("@id").GetString()!);
            var range = property.TryGetProperty("rdfs:range", out var found) ? found : default;
            yield return (
                name,
                range.ValueKind switch
                {
                    JsonValueKind.String => Local(range.GetString()!),
                    JsonValueKind.Object => Local(
                        (range.TryGetProperty("@id", out var id) ? id : range.GetProperty("@type")).GetString()!
                    ),
                    _ => null,
                }
            );
        }
    }

    private static string Local(string name) => name[(name.LastIndexOf(':') + 1)..];
}

using System.Text.Json;
using System.Text.Unicode;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Roles;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>Reads and checks the bootstrap file as a whole (design section 8); nothing in it is passed over.</summary>
internal static class BootstrapReader
{
    private const int MaxPartners = 1_000;
    private const int MaxUsers = 10_000;
    private const int MaxProblems = 50;

    /// <summary>Sections that this version reads; <c>fields</c> and <c>codeLists</c> are read by the host, which hands them to the catalogue.</summary>
    public static readonly string[] Known = ["$schema", "partners", "users", "fields", "codeLists"];

    /// <summary>Sections that the host applies through other ports.</summary>
    public static readonly string[] Elsewhere = ["areas"];

    /// <summary>Sections of the format that this version cannot apply: refused unless empty.</summary>
    public static readonly string[] NotYet =
    [
        "credentialTypes",
        "attestationPolicies",
        "govstack",
        "identityProviders",
        "options",
    ];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static Outcome<BootstrapFile> Read(
        ReadOnlyMemory<byte> file,
        CatalogueView catalogue,
        IReadOnlyDictionary<string, RoleContent> roles
    )
    {
        if (file.Length > IAccessSetup.MaxBytes)
        {
            return Problem.Invalid(
                "bootstrap.too_large",
                $"The bootstrap file is larger than {IAccessSetup.MaxBytes / 1024 / 1024} MiB."
            );
        }

        if (!Utf8.IsValid(file.Span))
        {
            return Malformed(null);
        }

        try
        {
            using var document = JsonDocument.Parse(
                file.Span.StartsWith(ByteOrderMark) ? file[ByteOrderMark.Length..] : file,
                Strict
            );
            return Read(document.RootElement, catalogue, roles);
        }
        catch (JsonException e)
        {
            return Malformed(e.LineNumber);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the name of a member.
            return Malformed(null);
        }
    }

    /// <summary>The parser's own message may quote the file, so only the line is told.</summary>
    private static Problem Malformed(long? line) =>
        Problem.Invalid(
            "bootstrap.json_invalid",
            $"The bootstrap file is not JSON in UTF-8 with each member once and at most {Strict.MaxDepth} levels"
                + (line is { } number ? $"; look at line {number + 1}." : ".")
        );

    private static Outcome<BootstrapFile> Read(
        JsonElement element,
        CatalogueView catalogue,
        IReadOnlyDictionary<string, RoleContent> roles
    )
    {
        var problems = new List<FieldProblem>();
        var root = new JsonPlace(element, "$", problems);
        IReadOnlyList<PartnerEntry> partners = [];
        IReadOnlyList<UserEntry> users = [];
        if (root.IsObject([.. Known, .. Elsewhere, .. NotYet]))
        {
            root.Member("$schema")?.Text();
            RefuseNotYet(root);
            var names = new CatalogueNames(catalogue);
            partners =
            [
                .. Items("partners", MaxPartners)
                    .Select(place => PartnerReader.Read(place, names))
                    .OfType<PartnerEntry>(),
            ];
            users =
            [
                .. Items("users", MaxUsers).Select(place => UserReader.Read(place, names, roles)).OfType<UserEntry>(),
            ];
        }

        return problems.Count == 0
            ? new BootstrapFile(partners, users)
            : Problem.Invalid(
                "bootstrap.invalid",
                "The bootstrap file was not applied; mend these places.",
                [.. problems.Take(MaxProblems)]
            );

        IReadOnlyList<JsonPlace> Items(string section, int max)
        {
            var places = root.Member(section)?.Items(max) ?? [];
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var place in places)
            {
                var name = section == "partners" ? "id" : "user";
                if (
                    place.Value.ValueKind == JsonValueKind.Object
                    && place.Value.TryGetProperty(name, out var id)
                    && id.ValueKind == JsonValueKind.String
                    && !seen.Add(section == "users" ? Account.KeyOf(SafeText(id)) : SafeText(id))
                )
                {
                    problems.Add(new FieldProblem($"{place.Path}.{name}", "duplicate", "each one once in the file"));
                }
            }

            return places;
        }
    }

    /// <summary>A section that would have to be passed over stops the start instead.</summary>
    private static void RefuseNotYet(JsonPlace root)
    {
        foreach (var section in NotYet)
        {
            if (root.Member(section) is { } place && !IsEmpty(place.Value))
            {
                place.Wrong("unsupported", "this version cannot apply this section; leave it out or empty");
            }
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => !value.EnumerateObject().Any(),
            _ => false,
        };

    private static string SafeText(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}

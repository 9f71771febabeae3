using SocialRegistry.Contracts;
using SocialRegistry.JsonSchema;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Identifiers;

namespace SocialRegistry.Registry.Fields;

/// <summary>One state of the catalogue, checked and ready for use. A faulty one is refused when it is loaded, not when it is met.</summary>
internal sealed class Catalogue
{
    private readonly Dictionary<(string Kind, string Id), FieldRule> rules = [];
    private readonly Dictionary<string, IdentifierType> identifierTypes = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">The catalogue contradicts itself; the message says where.</exception>
    public Catalogue(CatalogueView view)
    {
        View = view;
        foreach (var list in view.CodeLists)
        {
            Require(CodeListCheck.Problems(list), $"The code list {list.Id}");
            Require(codeLists.TryAdd(list.Id, list), $"The code list {list.Id} is there twice.");
        }

        foreach (var type in view.IdentifierTypes)
        {
            AddIdentifierType(type);
        }

        foreach (var field in view.Fields)
        {
            Require(FieldCheck.Problems(field, codeLists), $"The field {field.Kind}.{field.Id}");
            Require(
                rules.TryAdd((field.Kind, field.Id), FieldRule.From(field, codeLists)),
                $"The field {field.Kind}.{field.Id} is there twice."
            );
            Require(!identifierTypes.ContainsKey(field.Id), $"{field.Id} names a field and an identifier type.");
        }

        RequireOwnNames();
        Queries = new QueryBinder(view);
    }

    private readonly Dictionary<string, CodeListView> codeLists = [];

    public CatalogueView View { get; }

    /// <summary>Code lists by id.</summary>
    public IReadOnlyDictionary<string, CodeListView> CodeLists => codeLists;

    /// <summary>Gives queries the types of these fields.</summary>
    public QueryBinder Queries { get; }

    /// <summary>The rule of a field, published or retired.</summary>
    public FieldRule? Rule(string kind, string field) => rules.GetValueOrDefault((kind, field));

    /// <summary>Fields of a kind, published and retired, in the catalogue's order.</summary>
    public IEnumerable<FieldRule> Rules(string kind) => rules.Values.Where(r => r.View.Kind == kind);

    /// <summary>True when any kind has this field.</summary>
    public bool Knows(string field) =>
        rules.ContainsKey((RegistrantKinds.Individual, field)) || rules.ContainsKey((RegistrantKinds.Group, field));

    /// <summary>By id or synonym, without case.</summary>
    public IdentifierType? IdentifierType(string? name) =>
        name is null ? null : identifierTypes.GetValueOrDefault(name);

    private void AddIdentifierType(IdentifierTypeView type)
    {
        Require(IdentifierTypeCheck.Problems(type), $"The identifier type {type.Id}");
        SchemaPattern? pattern = null;
        Require(
            type.Pattern is null || SchemaPattern.TryParse(type.Pattern, out pattern, out _),
            $"The identifier type {type.Id}: pattern: it is no regular expression."
        );
        var compiled = new IdentifierType(type, pattern);
        foreach (var name in type.Synonyms.Prepend(type.Id).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Require(identifierTypes.TryAdd(name, compiled), $"The identifier type {name} is there twice.");
        }
    }

    /// <summary>Two fields of a kind never take the same claim or the same place in a DCI record.</summary>
    private void RequireOwnNames()
    {
        var names = new HashSet<(string, string, string)>();
        foreach (var field in View.Fields.Where(f => f.State == FieldState.Published))
        {
            Require(
                field.Claim is null || names.Add((field.Kind, "claim", field.Claim)),
                $"The field {field.Kind}.{field.Id}: claim: another field has the claim {field.Claim}."
            );
            Require(
                field.DciPath is null || names.Add((field.Kind, "dciPath", field.DciPath)),
                $"The field {field.Kind}.{field.Id}: dciPath: another field has the path {field.DciPath}."
            );
        }
    }

    private static void Require(IReadOnlyList<FieldProblem> problems, string subject)
    {
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"{subject}: {problems[0].Field}: {problems[0].Detail}");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}

/// <summary>An identifier type with its pattern compiled.</summary>
internal sealed record IdentifierType(IdentifierTypeView View, SchemaPattern? Pattern)
{
    /// <summary>The value as it is compared; <c>null</c> when it does not meet the type's rule.</summary>
    public string? Normalise(string? value)
    {
        if (value is not { Length: > 0 and <= ValueLimits.MaxIdentifierLength })
        {
            return null;
        }

        var normalised = Normalisation.Apply(View.Normalisation, value);
        return
            normalised.Length > 0
            && (Pattern is null || Pattern.Matches(normalised))
            && (View.CheckDigit is not { } check || CheckDigit.Fits(check, normalised))
            ? normalised
            : null;
    }

    /// <summary>True when the scope names this type, by id or synonym, or all identifiers.</summary>
    public bool IsIn(FieldScope scope) =>
        scope.IsAll
        || scope.Contains(Identifiers)
        || scope.Contains("identifier")
        || scope.Contains(View.Id)
        || View.Synonyms.Any(scope.Contains);

    /// <summary>The word for identifiers in scopes, changed fields and disclosures.</summary>
    public const string Identifiers = "identifiers";
}

using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Identifiers;

namespace SocialRegistry.Registry.Fields;

/// <summary>One state of the catalogue, checked and ready for use. A faulty one is refused when it is loaded, not when it is met.</summary>
internal sealed partial class Catalogue
{
    private readonly Dictionary<(string Kind, string Id), FieldRule> rules = [];
    private readonly Dictionary<string, IdentifierType> identifierTypes = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidOperationException">The catalogue contradicts itself; the message says where.</exception>
    public Catalogue(CatalogueView view)
    {
        View = view;
        var codeLists = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var list in view.CodeLists)
        {
            var codes = list.Codes.Select(c => c.Code).ToHashSet();
            Require(codes.Count == list.Codes.Count, $"The code list {list.Id} has a code twice.");
            Require(codeLists.TryAdd(list.Id, codes), $"The code list {list.Id} is there twice.");
        }

        foreach (var field in view.Fields)
        {
            AddField(field, codeLists);
        }

        foreach (var type in view.IdentifierTypes)
        {
            AddIdentifierType(type);
        }
    }

    public CatalogueView View { get; }

    public FieldRule? Rule(string kind, string field) => rules.GetValueOrDefault((kind, field));

    /// <summary>Fields of a kind, in the catalogue's order.</summary>
    public IEnumerable<FieldRule> Rules(string kind) => rules.Values.Where(r => r.View.Kind == kind);

    /// <summary>True when any kind has this field.</summary>
    public bool Knows(string field) =>
        rules.ContainsKey((RegistrantKinds.Individual, field)) || rules.ContainsKey((RegistrantKinds.Group, field));

    /// <summary>By id or synonym, without case.</summary>
    public IdentifierType? IdentifierType(string? name) =>
        name is null ? null : identifierTypes.GetValueOrDefault(name);

    private void AddField(FieldView field, Dictionary<string, IReadOnlySet<string>> codeLists)
    {
        Require(
            field.Kind is RegistrantKinds.Individual or RegistrantKinds.Group,
            $"The field {field.Id} has the unknown kind {field.Kind}."
        );
        foreach (var each in WithParts(field))
        {
            Require(FieldId().IsMatch(each.Id), $"The field id {each.Id} is not snake_case.");
            Require(each.Labels.ContainsKey("eng"), $"The field {each.Id} has no label in eng.");
        }

        Require(
            rules.TryAdd((field.Kind, field.Id), FieldRule.From(field, codeLists)),
            $"The field {field.Kind}.{field.Id} is there twice."
        );
    }

    private void AddIdentifierType(IdentifierTypeView type)
    {
        Require(type.Labels.ContainsKey("eng"), $"The identifier type {type.Id} has no label in eng.");
        Require(
            type.Kind is RegistrantKinds.Individual or RegistrantKinds.Group,
            $"The identifier type {type.Id} has the unknown kind {type.Kind}."
        );
        Require(
            Normalisation.IsKnown(type.Normalisation),
            $"The identifier type {type.Id} has an unknown normalisation."
        );
        var pattern = type.Pattern is null ? null : SchemaPattern.Compile(type.Pattern);
        var compiled = new IdentifierType(type, pattern);
        Require(
            type.CheckDigit is null
                || (CheckDigit.IsKnown(type.CheckDigit) && type.Normalisation != Normalisation.Text),
            $"The identifier type {type.Id} has an unknown check rule, or one that its normalisation does not bear."
        );
        if (type.Generator is not null)
        {
            var fault = NumberMaker.Fault(type, number => compiled.Normalise(number) == number);
            Require(fault is null, $"The generator of the identifier type {type.Id} cannot be used: {fault}.");
        }

        foreach (var name in type.Synonyms.Prepend(type.Id).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Require(identifierTypes.TryAdd(name, compiled), $"The identifier type {name} is there twice.");
        }
    }

    private static IEnumerable<FieldView> WithParts(FieldView field) =>
        field.Parts.SelectMany(WithParts).Prepend(field);

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldId();
}

/// <summary>An identifier type with its pattern compiled.</summary>
internal sealed record IdentifierType(IdentifierTypeView View, Regex? Pattern)
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
            && (Pattern is null || SchemaPattern.Matches(Pattern, normalised))
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

using System.Text.Json.Nodes;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Access.Tests.Setup;

/// <summary>The schema that integrators read says what the code does.</summary>
public sealed class BootstrapSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Specs.Root, "schemas", "bootstrap.schema.json"))
    )!;

    private static JsonNode Partner => Schema["$defs"]!["partner"]!;

    private static JsonNode User => Schema["$defs"]!["user"]!;

    [Fact]
    public void Scopes_are_the_permissions() =>
        Assert.Equal(
            Permissions.All.Order(StringComparer.Ordinal),
            Words(Partner["properties"]!["scopes"]!["items"]!["enum"]!)
        );

    [Fact]
    public void Roles_shown_are_the_starting_ones_for_accounts() =>
        Assert.Equal(
            StartingRoles
                .All.Where(role => role.Value.Kind != CallerKind.Partner)
                .Select(role => role.Key)
                .Order(StringComparer.Ordinal),
            Words(User["properties"]!["roles"]!["items"]!["examples"]!)
        );

    [Fact]
    public void Signatures_and_dialects_are_those_we_read()
    {
        Assert.Equal(PartnerReader.Signatures, Words(Partner["properties"]!["signature"]!["enum"]!));
        Assert.Equal(PartnerReader.Dialects, Words(Partner["properties"]!["dialect"]!["enum"]!));
    }

    [Fact]
    public void Members_are_those_we_read_and_no_others()
    {
        Assert.Equal(
            BootstrapReader
                .Known.Concat(BootstrapReader.Elsewhere)
                .Concat(BootstrapReader.NotYet)
                .Order(StringComparer.Ordinal),
            Members(Schema).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            PartnerReader.Members.Order(StringComparer.Ordinal),
            Members(Partner).Order(StringComparer.Ordinal)
        );
        Assert.Equal(UserReader.Members.Order(StringComparer.Ordinal), Members(User).Order(StringComparer.Ordinal));
        Assert.All((JsonNode[])[Schema, Partner, User], level => Assert.False((bool)level["additionalProperties"]!));
    }

    [Fact]
    public void Lengths_are_those_we_check()
    {
        var secret = Partner["properties"]!["secret"]!;
        var password = User["properties"]!["password"]!;
        Assert.Equal(UserReader.MaxAreas, (int)User["properties"]!["areas"]!["maxItems"]!);
        Assert.Equal(
            (PartnerSecrets.MinLength, PartnerSecrets.MaxLength),
            ((int)secret["minLength"]!, (int)secret["maxLength"]!)
        );
        Assert.Equal(
            (Passwords.MinLength, Passwords.MaxLength),
            ((int)password["minLength"]!, (int)password["maxLength"]!)
        );
    }

    private static IEnumerable<string> Words(JsonNode array) => array.AsArray().Select(word => (string)word!);

    private static IEnumerable<string> Members(JsonNode schema) =>
        schema["properties"]!.AsObject().Select(member => member.Key);
}

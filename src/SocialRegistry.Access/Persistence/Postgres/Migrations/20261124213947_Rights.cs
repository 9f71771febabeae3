using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Access.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Rights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "population",
                schema: "access",
                table: "partners",
                type: "text",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "previous_secret_hash",
                schema: "access",
                table: "partners",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "previous_secret_until",
                schema: "access",
                table: "partners",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<bool>(
                name: "retired",
                schema: "access",
                table: "partners",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "secret_set_at",
                schema: "access",
                table: "partners",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "version",
                schema: "access",
                table: "partners",
                type: "bigint",
                nullable: false,
                defaultValue: 1L
            );

            migrationBuilder.AddColumn<List<string>>(
                name: "areas",
                schema: "access",
                table: "accounts",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'"
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "code_confirmed_at",
                schema: "access",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<byte[]>(
                name: "code_secret",
                schema: "access",
                table: "accounts",
                type: "bytea",
                nullable: true
            );

            migrationBuilder.AddColumn<long>(
                name: "code_step",
                schema: "access",
                table: "accounts",
                type: "bigint",
                nullable: false,
                defaultValue: 0L
            );

            migrationBuilder.AddColumn<bool>(
                name: "deactivated",
                schema: "access",
                table: "accounts",
                type: "boolean",
                nullable: false,
                defaultValue: false
            );

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "password_set_at",
                schema: "access",
                table: "accounts",
                type: "timestamp with time zone",
                nullable: true
            );

            migrationBuilder.AddColumn<List<string>>(
                name: "recovery_codes",
                schema: "access",
                table: "accounts",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'"
            );

            migrationBuilder.AddColumn<long>(
                name: "version",
                schema: "access",
                table: "accounts",
                type: "bigint",
                nullable: false,
                defaultValue: 1L
            );

            migrationBuilder.CreateTable(
                name: "changes",
                schema: "access",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    action = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    target_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    target = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    changes = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "roles",
                schema: "access",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    purposes = table.Column<List<string>>(type: "text[]", nullable: false),
                    permissions = table.Column<List<string>>(type: "text[]", nullable: false),
                    @internal = table.Column<string>(
                        name: "internal",
                        type: "character varying(10)",
                        maxLength: 10,
                        nullable: false
                    ),
                    personal = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    sensitive = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    fields = table.Column<string>(type: "text", nullable: false),
                    population = table.Column<string>(type: "text", nullable: true),
                    code_required = table.Column<bool>(type: "boolean", nullable: false),
                    retired = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_roles", x => x.name);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_changes_target_kind_target",
                schema: "access",
                table: "changes",
                columns: new[] { "target_kind", "target" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "changes", schema: "access");

            migrationBuilder.DropTable(name: "roles", schema: "access");

            migrationBuilder.DropColumn(name: "population", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "previous_secret_hash", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "previous_secret_until", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "retired", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "secret_set_at", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "version", schema: "access", table: "partners");

            migrationBuilder.DropColumn(name: "areas", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "code_confirmed_at", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "code_secret", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "code_step", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "deactivated", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "password_set_at", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "recovery_codes", schema: "access", table: "accounts");

            migrationBuilder.DropColumn(name: "version", schema: "access", table: "accounts");
        }
    }
}

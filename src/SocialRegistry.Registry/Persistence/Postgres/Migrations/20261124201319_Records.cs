using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                schema: "registry",
                table: "registrants",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "end_reason",
                schema: "registry",
                table: "memberships",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "answer",
                schema: "registry",
                table: "idempotency_keys",
                type: "text",
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "merged_into", schema: "registry", table: "registrants");

            migrationBuilder.DropColumn(name: "end_reason", schema: "registry", table: "memberships");

            migrationBuilder.DropColumn(name: "answer", schema: "registry", table: "idempotency_keys");
        }
    }
}
